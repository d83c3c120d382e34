# A tagger of token sequences: embedding -> LSTM -> linear -> log-softmax.
#
# The forms of a batch are its distinct words. Each is encoded once, however often it occurs:
#   words       [forms]                 word ids, 0 for padding
#   characters  [forms, longest form]   character ids, 0 for padding
# A sentence is a row of indices into the forms:
#   forms       [batch, length]         0 for padding, which is the first form
#   lengths     [batch]                 tokens in each sentence, at least 1

def encode_forms(self, words: Tensor, characters: Tensor) -> Tensor:
  # Word embedding beside the maximum over a form's characters of a convolution: [forms, features]
  word = torch.embedding(self.word_embedding.weight, words)
  letter = torch.embedding(self.character_embedding.weight, characters)
  padding = torch.unsqueeze(torch.eq(characters, 0), 1)
  letter = torch.dropout(torch.transpose(letter, 1, 2), self.dropout * 0.5, self.training)
  letter = torch.masked_fill(letter, padding, 0.)
  window = torch.size(self.character_convolution.weight, 2)
  spelling = torch.conv1d(letter, self.character_convolution.weight, self.character_convolution.bias, [1], [(window - 1) // 2], [1], 1)
  # Zero is the least a rectified value can be, so padding never wins the maximum.
  spelling = torch.masked_fill(torch.relu(spelling), padding, 0.)
  return torch.cat([word, torch.amax(spelling, [2])], 1)

def lstm_layers(self, input: Tensor, lengths: Tensor) -> Tensor:
  # Runs each sentence for its true length: [batch, length, features] -> [batch, length, directions * hidden]
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

def forward(self, words: Tensor, characters: Tensor, forms: Tensor, lengths: Tensor) -> Tensor:
  # Log-probabilities: [batch, length, tags]
  encoded = self.encode_forms(words, characters)
  input = torch.dropout(torch.embedding(encoded, forms), self.dropout, self.training)
  output = torch.dropout(self.lstm_layers(input, lengths), self.dropout, self.training)
  return torch.log_softmax(torch.linear(output, self.linear.weight, self.linear.bias), 2)

def tag(self, words: Tensor, characters: Tensor, forms: Tensor, lengths: Tensor) -> Tensor:
  # The best tag of each token and its probability: [2, batch, length], tags as whole numbers
  scores, tags = torch.max(self.forward(words, characters, forms, lengths), 2)
  return torch.stack([tags.float(), torch.exp(scores.float())])

def loss(self, words: Tensor, characters: Tensor, forms: Tensor, lengths: Tensor, tags: Tensor) -> Tensor:
  # Mean negative log-likelihood of the tags, [batch, length] with -1 for padding: a scalar
  scores = self.forward(words, characters, forms, lengths)
  return torch.nll_loss(torch.flatten(scores, 0, 1), torch.flatten(tags), None, 1, -1)
