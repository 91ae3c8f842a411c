package org.citustenancy.examples.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * The processor time of a call. Where nothing waits it is what JMH measures by the clock, and it stays the same while other
 * programs want the processor too. Compiler and garbage collector count with it.
 */
public final class ProcessorTime implements InternalProfiler {

    /** Its name among JMH's results. */
    static final String NAME = "processor";

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private long before;

    /** JMH makes it by name. */
    public ProcessorTime() {}

    @Override
    public String getDescription() {
        return "processor time of a call";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = system.getProcessCpuTime();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double nanos = system.getProcessCpuTime() - before;
        double calls = result.getMetadata().getAllOps();
        return List.of(new ScalarResult(NAME, nanos / calls, "ns", AggregationPolicy.AVG));
    }
}
