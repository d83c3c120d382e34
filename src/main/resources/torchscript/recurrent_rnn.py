# The layers of an nn.RNN as encoder and decoder use them. A hidden state holds h of all layers:
#   hidden  [batch, num_layers, hidden_size]

def read_packed(self, packed: Tensor, batch_sizes: Tensor, zeros: Tensor) -> Tuple[Tensor, List[Tensor]]:
  # The encoder over packed sequences: packed output, and the last state, [num_layers * directions, batch, width]
  output, h_n = torch.rnn_tanh(packed, batch_sizes, zeros, parameters("encoder.*"), True, self.num_layers, self.dropout, self.training, self.bidirectional)
  return (output, [h_n])

def recurrent(self, input: Tensor, hidden: Tensor) -> Tuple[Tensor, Tensor]:
  # The decoder over all tokens given: [batch, length, features] -> [batch, length, hidden_size], and its last state
  h_0 = torch.contiguous(torch.transpose(hidden, 0, 1))
  output, h_n = torch.rnn_tanh(input, h_0, parameters("decoder.*"), True, self.num_layers, self.dropout, self.training, False, True)
  return (output, torch.transpose(h_n, 0, 1))
