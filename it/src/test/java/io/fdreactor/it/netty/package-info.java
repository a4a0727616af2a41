// SPDX-License-Identifier: Apache-2.0
/**
 * A loop that is not ours, held to the contract: Netty's, behind an adapter that is written against reactor-api alone.
 * What Netty gives is passed on as it is; what it lacks and any adapter would bring (who reads what, the phases of an
 * event, threads) is kept here; where it does otherwise than the contract asks, it fails, and {@link
 * io.fdreactor.it.netty.NettyContractIT} says why.
 */
@NullMarked
package io.fdreactor.it.netty;

import org.jspecify.annotations.NullMarked;
