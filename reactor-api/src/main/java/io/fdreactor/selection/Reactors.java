// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.selection;

/** The front door. */
public final class Reactors {
    private Reactors() {}
}
