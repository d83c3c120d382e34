/** Model bundles and what DJL makes of them: manifest, store, loading, devices, precision. */
package dev.lexstream.model;
