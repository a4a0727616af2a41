// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.contract;

import io.fdreactor.Capability;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A test for the backends that don't claim this capability: that they refuse it well. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface RequiresAbsent {
    /** None of them is claimed. */
    Capability[] value();
}
