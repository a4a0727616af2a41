// SPDX-License-Identifier: Apache-2.0
import io.fdreactor.jna.JnaIsHere;
import io.fdreactor.posix.internal.JnaOnModulePath;

/**
 * Has JNA resolved on the module path. {@code io.fdreactor.posix} declares {@code uses JnaOnModulePath}, so that the JVM
 * adds this module, and JNA with it, to the module graph if it is on the path. Without it the graph has no JNA, which
 * Java 22 and newer don't need.
 */
module io.fdreactor.jna {
    requires io.fdreactor.posix;
    requires com.sun.jna;

    provides JnaOnModulePath with
            JnaIsHere;
}
