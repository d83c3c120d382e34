# The layers of an nn.LSTM as encoder and decoder use them. A hidden state holds h of all layers, then c of all layers:
#   hidden  [batch, 2 * num_layers, hidden_size]

def read_packed(self, packed: Tensor, batch_sizes: Tensor, zeros: Tensor) -> Tuple[Tensor, List[Tensor]]:
  # The encoder over packed sequences: packed output, and the last states, each [num_layers * directions, batch, width]
  output, h_n, c_n = torch.lstm(packed, batch_sizes, [zeros, zeros], parameters("encoder.*"), True, self.num_layers, self.dropout, self.training, self.bidirectional)
  return (output, [h_n, c_n])

def recurrent(self, input: Tensor, hidden: Tensor) -> Tuple[Tensor, Tensor]:
  # The decoder over all tokens given: [batch, length, features] -> [batch, length, hidden_size], and its last state
  states = torch.contiguous(torch.transpose(hidden, 0, 1))
  h_0 = torch.narrow(states, 0, 0, self.num_layers)
  c_0 = torch.narrow(states, 0, self.num_layers, self.num_layers)
  # Packed sequences even where all are of one length: without, PyTorch on a CPU calls oneDNN's LSTM, whose results are
  # wrong on some processors (PyTorch 2.7.1, AVX-512) for most sizes that are no multiple of 32.
  length = torch.size(input, 1)
  batch_sizes = torch.full([length], torch.size(input, 0), dtype=torch.int64)
  packed = torch.flatten(torch.transpose(input, 0, 1), 0, 1)
  output, h_n, c_n = torch.lstm(packed, batch_sizes, [h_0, c_0], parameters("decoder.*"), True, self.num_layers, self.dropout, self.training, False)
  output = torch.transpose(torch.reshape(output, [length, -1, self.hidden_size]), 0, 1)
  return (output, torch.transpose(torch.cat([h_n, c_n]), 0, 1))
