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
  output, h_n, c_n = torch.lstm(input, [h_0, c_0], parameters("decoder.*"), True, self.num_layers, self.dropout, self.training, False, True)
  return (output, torch.transpose(torch.cat([h_n, c_n]), 0, 1))
