# Attention: the decoder sees all states of the encoder, weighted for each of its own.

def remember(self, states: Tensor) -> List[Tensor]:
  # The encoder's states [batch, source length, hidden_size], and what the scores need of them
  return torch.add([states], self.attention_keys(states))

def weigh(self, output: Tensor, mask: Tensor, memory: List[Tensor]) -> Tensor:
  # Weights over the real tokens of the source: [batch, target length, source length]
  scores = self.attention_scores(output, memory)
  return torch.softmax(torch.masked_fill(scores, torch.unsqueeze(mask, 1), float("-inf")), 2)

def with_context(self, output: Tensor, mask: Tensor, memory: List[Tensor]) -> Tensor:
  # The decoder's output beside the weighted sum: [batch, target length, 2 * hidden_size]
  return torch.cat([output, torch.bmm(self.weigh(output, mask, memory), memory[0])], 2)

def attention_weights(self, source: Tensor, target: Tensor) -> Tensor:
  # Where the decoder looked for each token after the first: [batch, target length, source length]
  state = self.encode(source)
  inputs = torch.narrow(target, 1, 0, torch.size(target, 1) - 1)
  output, _hidden = self.recurrent(self.embed(self.target_embedding.weight, inputs), state[0])
  return self.weigh(output, state[1], torch.slice(state, 2))
