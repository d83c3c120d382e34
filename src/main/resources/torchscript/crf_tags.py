# The tags of a sentence together: a linear-chain conditional random field (Lafferty et al. 2001; Lample et al. 2016).
# A sequence's score is the sum of its logits, of a transition between each two neighbours, and of its first and last tag.
# Sums over sequences are matrix products of exponentials, scaled by each row's maximum; a share of less than 1e-30 of it
# counts as that much, so that no logarithm is infinite.

def sum_before(self, logits: Tensor, lengths: Tensor) -> Tensor:
  # Log of the summed scores of all sequences up to and with each tag: [batch, length, tags]
  transitions = torch.exp(self.crf.transitions.float())
  sum = torch.select(logits, 1, 0) + self.crf.start_transitions.float()
  sums = [sum]
  for i in range(1, torch.size(logits, 1)):
    top = torch.detach(torch.amax(sum, [1], True))
    before = torch.log(torch.clamp_min(torch.matmul(torch.exp(sum - top), transitions), 1e-30)) + top
    inside = torch.unsqueeze(torch.gt(lengths, i), 1)
    sum = torch.where(inside, before + torch.select(logits, 1, i), sum)
    sums.append(sum)
  return torch.stack(sums, 1)

def sum_after(self, logits: Tensor, lengths: Tensor) -> Tensor:
  # Log of the summed scores of all sequences after each tag: [batch, length, tags]
  transitions = torch.t(torch.exp(self.crf.transitions.float()))
  length = torch.size(logits, 1)
  sum = torch.expand_as(torch.unsqueeze(self.crf.end_transitions.float(), 0), torch.select(logits, 1, 0))
  sums = [sum]
  for i in range(1, length):
    at = length - i
    next = sum + torch.select(logits, 1, at)
    top = torch.amax(next, [1], True)
    after = torch.log(torch.clamp_min(torch.matmul(torch.exp(next - top), transitions), 1e-30)) + top
    inside = torch.unsqueeze(torch.gt(lengths, at), 1)
    sum = torch.where(inside, after, sum)
    sums.append(sum)
  return torch.flip(torch.stack(sums, 1), [1])

def log_probabilities(self, logits: Tensor, lengths: Tensor) -> Tensor:
  # Marginals of each token's tags
  return torch.log_softmax(self.sum_before(logits, lengths) + self.sum_after(logits, lengths), 2)

def best_tags(self, logits: Tensor, lengths: Tensor) -> Tensor:
  # Viterbi's algorithm: the tags of the best sequence, [batch, length]
  transitions = torch.unsqueeze(self.crf.transitions.float(), 0)
  length = torch.size(logits, 1)
  tags = torch.size(logits, 2)
  same = torch.unsqueeze(torch.arange(tags, device=logits.device), 0)
  best = torch.select(logits, 1, 0) + self.crf.start_transitions.float()
  pointers = [torch.expand(same, [torch.size(logits, 0), tags])]
  for i in range(1, length):
    step, pointer = torch.max(torch.unsqueeze(best, 2) + transitions, 1)
    inside = torch.unsqueeze(torch.gt(lengths, i), 1)
    best = torch.where(inside, step + torch.select(logits, 1, i), best)
    pointers.append(torch.where(inside, pointer, same))
  tag = torch.argmax(best + self.crf.end_transitions.float(), 1, True)
  path = [tag]
  for i in range(1, length):
    tag = torch.gather(pointers[length - i], 1, tag)
    path.append(tag)
  return torch.flip(torch.cat(path, 1), [1])

def sum_all(self, logits: Tensor, lengths: Tensor) -> Tensor:
  # Log of the summed scores of all sequences: [batch]
  sums = torch.select(self.sum_before(logits, lengths), 1, torch.size(logits, 1) - 1)
  return torch.logsumexp(sums + self.crf.end_transitions, [1])

def score(self, logits: Tensor, lengths: Tensor, tags: Tensor) -> Tensor:
  # Of one sequence each, [batch, length] with -1 for padding, all together: a scalar
  length = torch.size(logits, 1)
  inside = torch.ge(tags, 0)
  gold = torch.clamp_min(tags, 0)
  first = torch.select(gold, 1, 0)
  last = torch.squeeze(torch.gather(gold, 1, torch.unsqueeze(lengths - 1, 1)), 1)
  pairs = torch.slice(gold, 1, 0, length - 1) * torch.size(logits, 2) + torch.slice(gold, 1, 1, length)
  emitted = torch.squeeze(torch.gather(logits, 2, torch.unsqueeze(gold, 2)), 2) * inside
  moved = torch.take(self.crf.transitions, pairs) * torch.slice(inside, 1, 1, length)
  ends = torch.take(self.crf.start_transitions, first) + torch.take(self.crf.end_transitions, last)
  return torch.sum(emitted) + torch.sum(moved) + torch.sum(ends)

def loss(self, words: Tensor, characters: Tensor, forms: Tensor, lengths: Tensor, tags: Tensor) -> Tensor:
  # Negative log-likelihood of the tags, [batch, length] with -1 for padding and where there is none, per token: a
  # scalar. Where tags are missing it is that of all sequences with the others (Tsuboi et al. 2008).
  logits = self.logits(self.hidden_states(words, characters, forms, lengths))
  all = torch.sum(self.sum_all(logits, lengths))
  positions = torch.unsqueeze(torch.arange(torch.size(tags, 1), device=tags.device), 0)
  missing = torch.logical_and(torch.lt(tags, 0), torch.lt(positions, torch.unsqueeze(lengths, 1)))
  if bool(torch.any(missing)):
    given = torch.unsqueeze(tags, 2)
    others = torch.ne(given, torch.arange(torch.size(logits, 2), device=tags.device))
    contrary = torch.logical_and(torch.ge(given, 0), others)
    gold = torch.sum(self.sum_all(torch.masked_fill(logits, contrary, -10000.), lengths))
  else:
    gold = self.score(logits, lengths, tags)
  return (all - gold) / torch.sum(lengths)
