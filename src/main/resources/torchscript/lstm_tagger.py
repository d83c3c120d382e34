# A tagger of token sequences: encoder -> LSTM -> linear -> tags. The encoder and what is made of the linear layer's output
# are other sources.
#
# The forms of a batch are its distinct tokens, each encoded once, however often it occurs. A sentence is a row of indices
# into the forms:
#   words       [forms]                 token ids, 0 for padding
#   characters  [forms, width]          ids of each token's parts, 0 for padding
#   forms       [batch, length]         0 for padding, which is the first form
#   lengths     [batch]                 tokens in each sentence, at least 1

def lstm_forward(self, input: Tensor, h_0: Tensor, c_0: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
  # nn.LSTM's forward: input [length, batch, input_size], states [num_layers * directions, batch, hidden_size]
  # -> output [length, batch, directions * hidden_size], h_n, c_n
  # Packed sequences even where all are of one length: without, PyTorch on a CPU calls oneDNN's LSTM, whose results are
  # wrong on some processors (PyTorch 2.7.1, AVX-512) for most sizes that are no multiple of 32.
  length = torch.size(input, 0)
  batch = torch.size(input, 1)
  batch_sizes = torch.full([length], batch, dtype=torch.int64)
  packed = torch.flatten(input, 0, 1)
  output, h_n, c_n = torch.lstm(packed, batch_sizes, [h_0, c_0], parameters("lstm.*"), True, self.num_layers, self.dropout, self.training, self.bidirectional)
  return (torch.reshape(output, [length, batch, -1]), h_n, c_n)

def lstm_layers(self, input: Tensor, lengths: Tensor) -> Tensor:
  # Runs each sentence for its true length: [batch, length, features] -> [batch, length, directions * hidden_size]
  directions = 1
  if self.bidirectional:
    directions = 2
  batch = torch.size(input, 0)
  zeros = torch.zeros([self.num_layers * directions, batch, self.hidden_size], dtype=input.dtype, device=input.device)
  sorted_lengths, order = torch.sort(lengths, dim=0, descending=True)
  packed, batch_sizes = torch._pack_padded_sequence(torch.index_select(input, 0, order), torch.to(sorted_lengths, "cpu"), True)
  output, h_n, c_n = torch.lstm(packed, batch_sizes, [zeros, zeros], parameters("lstm.*"), True, self.num_layers, self.dropout, self.training, self.bidirectional)
  padded, _lengths = torch._pad_packed_sequence(output, batch_sizes, True, 0., torch.size(input, 1))
  return torch.index_select(padded, 0, torch.argsort(order))

def hidden_states(self, words: Tensor, characters: Tensor, forms: Tensor, lengths: Tensor) -> Tensor:
  # What the LSTM says of each token: [batch, length, directions * hidden_size]
  encoded = self.encode_forms(words, characters)
  input = torch.dropout(torch.embedding(encoded, forms), self.dropout, self.training)
  return torch.dropout(self.lstm_layers(input, lengths), self.dropout, self.training)

def logits(self, states: Tensor) -> Tensor:
  # [.., directions * hidden_size] -> [.., tags]
  return torch.linear(states, self.linear.weight, self.linear.bias)

def tag(self, words: Tensor, characters: Tensor, forms: Tensor, lengths: Tensor) -> Tensor:
  # The best tags of each sentence and the probability of each: [2, batch, length], tags as whole numbers
  logits = self.logits(self.hidden_states(words, characters, forms, lengths)).float()
  tags = self.best_tags(logits, lengths)
  scores = torch.gather(self.log_probabilities(logits, lengths), 2, torch.unsqueeze(tags, 2))
  return torch.stack([tags.float(), torch.exp(torch.squeeze(scores, 2))])

def forward(self, words: Tensor, characters: Tensor, forms: Tensor, lengths: Tensor) -> Tensor:
  # Log-probabilities of each token's tags: [batch, length, tags]
  return self.log_probabilities(self.logits(self.hidden_states(words, characters, forms, lengths)).float(), lengths)
