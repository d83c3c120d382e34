/**
 * Conditions of stages and routes as expressions of CEL, the Common Expression Language
 * (<a href="https://github.com/google/cel-spec/blob/master/doc/langdef.md">specification</a>). The only package that knows the library.
 *
 * <p>A {@link dev.lexstream.plan.condition.ConditionCompiler} is made for a pipeline and checks names and types when it compiles; an
 * {@link dev.lexstream.plan.condition.Expression} is evaluated on each event. An expression may not grow what it is given: there is no
 * joining of texts and lists, and no macro that makes lists, so that the cost of an evaluation is bounded by the length of the
 * expression, the number of iterations and the size of the event.
 */
package dev.lexstream.plan.condition;
