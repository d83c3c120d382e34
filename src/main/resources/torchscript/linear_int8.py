# Linear layers with 8-bit weights. The input is quantized too, by the range of its values, to 7 bits: products of 8-bit
# numbers would overflow the 16-bit sums of processors without VNNI.

def linear(self, input: Tensor, layer: Linear) -> Tensor:
  return ops.quantized.linear_dynamic(input, layer, True)
