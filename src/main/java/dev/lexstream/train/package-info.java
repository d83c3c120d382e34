/** Training and evaluation of the architectures, on DJL, without Python. */
package dev.lexstream.train;
