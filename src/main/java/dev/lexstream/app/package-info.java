/** The application in stages: configuration, models, engine, topology, running; and how it ends. */
package dev.lexstream.app;
