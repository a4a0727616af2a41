// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import io.fdreactor.posix.NativeAccess;
import io.fdreactor.posix.testing.ForwardingLibc;
import java.util.function.IntSupplier;

/** Makes every call as it is told to; a mutant makes one otherwise. */
abstract class WrongLibc extends ForwardingLibc {
    WrongLibc() {
        super(NativeAccess.libc());
    }

    @Override
    protected final int on(String name, IntSupplier call) {
        return call.getAsInt();
    }
}
