# Attention scores as scalar products after a linear map, Luong's "general".

def attention_keys(self, memory: Tensor) -> List[Tensor]:
  # What scoring needs of the encoder's states besides themselves, computed once: nothing
  return annotate(List[Tensor], [])

def attention_scores(self, query: Tensor, memory: List[Tensor]) -> Tensor:
  # [batch, target length, source length]
  return torch.bmm(torch.linear(query, self.attention.query), torch.transpose(memory[0], 1, 2))
