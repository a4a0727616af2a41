// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.testing;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints each test that is left out, and why; Maven prints a number only. Found by the launcher as a service, in every
 * module that has this test jar on its class path.
 */
public final class SkippedTestPrinter implements TestExecutionListener {
    private TestPlan plan;

    @Override
    public void testPlanExecutionStarted(TestPlan testPlan) {
        plan = testPlan;
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        print(test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == Status.ABORTED) {
            print(test, result.getThrowable().map(Throwable::getMessage).orElse("no reason given"));
        }
    }

    private void print(TestIdentifier test, String reason) {
        System.out.println("skipped: " + className(test) + "." + test.getDisplayName() + ": " + reason);
    }

    /** The outermost class: the one that says which backend it was. */
    private String className(TestIdentifier test) {
        String name = "";
        for (TestIdentifier at = test; at != null; at = plan.getParent(at).orElse(null)) {
            if (at.getSource().orElse(null) instanceof ClassSource source) {
                name = source.getClassName();
            }
        }
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
