# Every token's tag by itself: log-softmax.

def log_probabilities(self, logits: Tensor, lengths: Tensor) -> Tensor:
  return torch.log_softmax(logits, 2)

def best_tags(self, logits: Tensor, lengths: Tensor) -> Tensor:
  return torch.argmax(logits, 2)

def loss(self, words: Tensor, characters: Tensor, forms: Tensor, lengths: Tensor, tags: Tensor) -> Tensor:
  # Mean negative log-likelihood of the tags, [batch, length] with -1 where there is none: a scalar
  states = torch.flatten(self.hidden_states(words, characters, forms, lengths), 0, 1)
  gold = torch.flatten(tags)
  tagged = torch.squeeze(torch.nonzero(torch.ge(gold, 0)), 1)
  scores = torch.log_softmax(self.logits(torch.index_select(states, 0, tagged)), 1)
  return torch.nll_loss(scores, torch.index_select(gold, 0, tagged), None, 1, -1)
