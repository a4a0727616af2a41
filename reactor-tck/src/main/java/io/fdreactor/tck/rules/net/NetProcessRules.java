// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fdreactor.Capability;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.programs.ChildJvm;
import io.fdreactor.tck.programs.CloseOnExecProgram;
import io.fdreactor.tck.programs.FdExhaustionProgram;
import java.util.List;

/** NET: what shows in a process of one's own, such as the lack of descriptors. */
public abstract class NetProcessRules {
    private static final int FEW_FILES = 256;

    @Rule("NET-10")
    @Requires(Capability.TCP)
    void aPortSurvivesTheLackOfDescriptors(TckContext tck) throws Exception {
        try (ChildJvm child = ChildJvm.startWithFiles(
                FEW_FILES, FdExhaustionProgram.class, tck.provider().getClass().getName())) {
            assertPrints(tck, child, FdExhaustionProgram.MARK, FdExhaustionProgram.EXPECTED);
        }
    }

    @Rule("NET-19")
    @Requires(Capability.INT_FD)
    void whatAReactorOpensIsClosedInWhatTheProcessExecutes(TckContext tck) throws Exception {
        try (ChildJvm child = ChildJvm.start(
                CloseOnExecProgram.class, tck.provider().getClass().getName())) {
            assertPrints(tck, child, CloseOnExecProgram.MARK, List.of(CloseOnExecProgram.DONE));
        }
    }

    private static void assertPrints(TckContext tck, ChildJvm child, String mark, List<String> expected)
            throws InterruptedException {
        int status = child.exitStatus(tck::log);
        assertEquals(
                expected,
                child.lines().stream().filter(line -> line.startsWith(mark)).toList(),
                "what a process prints that tries this out");
        assertEquals(0, status, "its exit status");
    }
}
