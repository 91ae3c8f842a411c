package org.citustenancy.internal.running;

import java.util.ArrayList;
import java.util.List;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.ServerErrorException;
import org.citustenancy.errors.StepFailedException;
import org.citustenancy.internal.progress.ProgressReport;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.progress.Count;
import org.citustenancy.progress.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects and reports the outcomes of the steps of one plan. */
public final class StepProgress {

    private static final Logger LOG = LoggerFactory.getLogger(StepProgress.class);

    private final String project;
    private final int total;
    private final StepListener listener;
    private final ProgressReport report;
    private final List<StepOutcome> outcomes = new ArrayList<>();

    /**
     * Creates the progress of a plan.
     *
     * @param total how many steps the plan has
     * @param listener is notified of each step
     * @param report reports how many have ended
     */
    public StepProgress(String project, int total, StepListener listener, ProgressReport report) {
        this.project = project;
        this.total = total;
        this.listener = listener;
        this.report = report;
    }

    void done(NumberedStep step) {
        add(new StepOutcome(step.shown(), true));
    }

    void notNeeded(NumberedStep step) {
        add(new StepOutcome(step.shown(), false));
    }

    private void add(StepOutcome outcome) {
        int ended;
        synchronized (outcomes) {
            outcomes.add(outcome);
            ended = outcomes.size();
        }
        LOG.debug("\"{}\": {}", project, outcome);
        listener.stepEnded(project, outcome);
        report.reached(ended == total ? Progress.DONE : outcome.step().description(), new Count(ended, total, "steps"));
    }

    /**
     * Returns the outcomes of the steps so far.
     *
     * @return an immutable copy, in the order in which the steps ended
     */
    public List<StepOutcome> outcomes() {
        synchronized (outcomes) {
            return List.copyOf(outcomes);
        }
    }

    /** Returns the exception for a step that a server refuses. */
    CitusTenancyException failed(NumberedStep step, ServerErrorException cause) {
        long done = outcomes().stream().filter(StepOutcome::done).count();
        return new StepFailedException(
                Failure.of("The server refused: " + cause.serverMessage() + " [" + cause.sqlState() + "]")
                        .where(step.place())
                        .state(done + " of " + total + " steps of project \"" + project + "\", which stand")
                        .fix("fix the cause and run the request again; it resumes from there"),
                cause);
    }
}
