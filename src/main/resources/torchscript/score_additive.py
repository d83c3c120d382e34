# Attention scores from a hidden layer, Bahdanau's "additive".

def attention_keys(self, memory: Tensor) -> List[Tensor]:
  # What scoring needs of the encoder's states besides themselves, computed once: their share of the hidden layer
  return [torch.linear(memory, self.attention.key)]

def attention_scores(self, query: Tensor, memory: List[Tensor]) -> Tensor:
  # [batch, target length, source length]
  share = torch.unsqueeze(torch.linear(query, self.attention.query), 2)
  layer = torch.tanh(torch.add(share, torch.unsqueeze(memory[1], 1)))
  return torch.squeeze(torch.linear(layer, self.attention.score), 3)
