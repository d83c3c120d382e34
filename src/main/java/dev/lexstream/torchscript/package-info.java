/**
 * TorchScript without Python: architectures as source text, their parameters, and the archives that PyTorch loads.
 * Knows nothing of DJL; what it writes can be loaded by any PyTorch from 1.13 on.
 */
package dev.lexstream.torchscript;
