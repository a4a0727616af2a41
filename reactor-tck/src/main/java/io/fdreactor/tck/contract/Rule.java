// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;

/** A test of one thing that one rule of the contract says. */
@Test
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Rule {
    /** The rule's id, such as {@code "FD-07"}. */
    String value();

    /** What it means if the test fails: {@code SHOULD} for a rule of that level. {@link Requires} says whom it binds. */
    Level level() default Level.MUST;
}
