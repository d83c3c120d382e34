# Linear layers: weight [outputs, inputs] and bias [outputs].

def linear(self, input: Tensor, layer: Linear) -> Tensor:
  weight, bias = layer
  return torch.linear(input, weight, bias)
