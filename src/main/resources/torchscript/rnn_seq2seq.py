# Sequence to sequence: a recurrent encoder, a recurrent decoder that starts from its last state, attention between them
# (context_*.py, score_*.py), and a linear layer to the target's vocabulary that shares its weight with the embedding.
#
#   source  [batch, source length]      token ids, 0 for padding after the last
#   target  [batch, target length + 1]  token ids from <s> to </s>, 0 for padding
#
# A state of decoding is a list of tensors with one row per hypothesis: the hidden state (recurrent_*.py), the padding
# mask of the source [rows, source length], true where there is no token, then what attention remembers of the source.

def embed(self, weight: Tensor, tokens: Tensor) -> Tensor:
  return torch.dropout(torch.embedding(weight, tokens), self.dropout, self.training)

def encode(self, source: Tensor) -> List[Tensor]:
  # The state from which decoding starts
  batch = torch.size(source, 0)
  mask = torch.eq(source, 0)
  lengths, order = torch.sort(torch.sum(torch.ne(source, 0), [1]), dim=0, descending=True)
  input = torch.index_select(self.embed(self.source_embedding.weight, source), 0, order)
  packed, batch_sizes = torch._pack_padded_sequence(input, torch.to(lengths, "cpu"), True)
  directions = 1
  if self.bidirectional:
    directions = 2
  width = self.hidden_size // directions
  zeros = torch.zeros([self.num_layers * directions, batch, width], dtype=input.dtype, device=input.device)
  output, last = self.read_packed(packed, batch_sizes, zeros)
  states, _lengths = torch._pad_packed_sequence(output, batch_sizes, True, 0., torch.size(source, 1))
  restore = torch.argsort(order)
  # The directions' last states side by side make a layer's state of the decoder.
  hidden = torch.permute(torch.view(torch.cat(last), [-1, directions, batch, width]), [2, 0, 1, 3])
  hidden = torch.index_select(torch.flatten(hidden, 2), 0, restore)
  memory = self.remember(torch.index_select(states, 0, restore))
  return torch.add([hidden, mask], memory)

def combine(self, output: Tensor, mask: Tensor, memory: List[Tensor]) -> Tensor:
  # What the linear layer sees: [batch, target length, embedding_size]
  output = torch.dropout(output, self.dropout, self.training)
  features = torch.tanh(torch.linear(self.with_context(output, mask, memory), self.readout.weight, self.readout.bias))
  return torch.dropout(features, self.dropout, self.training)

def logits(self, features: Tensor) -> Tensor:
  return torch.linear(features, self.target_embedding.weight, self.linear.bias)

def step(self, state: List[Tensor], tokens: Tensor, position: int) -> Tuple[Tensor, List[Tensor]]:
  # One more token: the previous tokens [rows] -> logits [rows, target vocabulary], and the next state
  input = self.embed(self.target_embedding.weight, torch.unsqueeze(tokens, 1))
  output, hidden = self.recurrent(input, state[0])
  memory = torch.slice(state, 2)
  logits = self.logits(self.combine(output, state[1], memory))
  return (torch.squeeze(logits, 1), torch.add([hidden, state[1]], memory))

def features(self, source: Tensor, target: Tensor) -> Tensor:
  # Teacher forcing: each position sees the target before it; [batch, target length, embedding_size]
  state = self.encode(source)
  inputs = torch.narrow(target, 1, 0, torch.size(target, 1) - 1)
  output, _hidden = self.recurrent(self.embed(self.target_embedding.weight, inputs), state[0])
  return self.combine(output, state[1], torch.slice(state, 2))

def forward(self, source: Tensor, target: Tensor) -> Tensor:
  # Logits of the next token at each position of the target: [batch, target length, target vocabulary]
  return self.logits(self.features(source, target))

def loss(self, source: Tensor, target: Tensor) -> Tensor:
  # Mean label-smoothed cross entropy over the tokens of the target after <s>: a scalar
  gold = torch.flatten(torch.narrow(target, 1, 1, torch.size(target, 1) - 1))
  # Only real tokens go through the largest layer.
  real = torch.squeeze(torch.nonzero(gold), 1)
  features = torch.index_select(torch.flatten(self.features(source, target), 0, 1), 0, real)
  return torch.cross_entropy_loss(self.logits(features), torch.index_select(gold, 0, real), None, 1, 0, self.label_smoothing)
