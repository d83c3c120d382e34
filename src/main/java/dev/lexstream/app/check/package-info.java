/** What can be known of a pipeline before it runs: looked at one after the other, and nothing is changed. */
package dev.lexstream.app.check;
