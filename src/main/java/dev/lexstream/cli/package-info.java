/** Commands: parse, call, print. */
package dev.lexstream.cli;
