// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Accepts for now that a backend breaks a rule: on the contract class that is run, once for each such rule.
 *
 * <pre>{@code
 * @Waive(rule = "FD-12", reason = "acme#42: removeAll forgets files", since = "2026-11-22")
 * class AcmeContractTest extends ReactorTck { … }
 * }</pre>
 *
 * <p>The rule is tested all the same. Its failures are printed and reported, with the reason, and don't fail the
 * run. A rule that holds fails the run as long as it is waived: take the waiver out.
 */
@Documented
@Repeatable(Waive.All.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Waive {
    /** The rule's id, such as {@code "FD-12"}. */
    public String rule();

    /** Why, for those who read the report. */
    public String reason();

    /** The day on which it was accepted, such as {@code "2026-11-22"}. */
    public String since();

    /** For the compiler. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface All {
        /** The waivers. */
        Waive[] value();
    }
}
