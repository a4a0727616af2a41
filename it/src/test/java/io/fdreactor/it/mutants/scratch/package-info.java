// SPDX-License-Identifier: Apache-2.0
/**
 * A reactor written from scratch against the API alone, and the mistakes that somebody could make who writes one.
 *
 * <p>The good one is the control: it keeps the whole contract, so what a wrong one fails is the mistake's doing. It has
 * nothing that only a mistake needs: each wrong one overrides a small method of a part, and {@link
 * io.fdreactor.it.mutants.scratch.Parts} says where it goes.
 */
@NullMarked
package io.fdreactor.it.mutants.scratch;

import org.jspecify.annotations.NullMarked;
