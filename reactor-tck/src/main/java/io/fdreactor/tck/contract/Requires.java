// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.contract;

import io.fdreactor.Capability;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A test for the backends that claim these capabilities. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Requires {
    /** All of them are needed. */
    Capability[] value();
}
