/** Many callers, few devices: texts become batches, batches run on device workers, results find their callers. */
package dev.lexstream.inference;
