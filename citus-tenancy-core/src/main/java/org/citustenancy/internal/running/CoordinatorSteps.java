package org.citustenancy.internal.running;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.citustenancy.errors.ServerErrorException;
import org.citustenancy.internal.planning.Work;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.sql.ConfidentialStatements;
import org.citustenancy.internal.sql.SilenceStatements;

/** Runs the steps of a stage on the coordinator itself. */
final class CoordinatorSteps {

    private final Session session;
    private final StepProgress progress;

    private final CopyRunner copies;

    CoordinatorSteps(Session session, StepProgress progress, CopyRunner copies) {
        this.session = session;
        this.progress = progress;
        this.copies = copies;
    }

    /** Runs the steps. Adjacent steps that may share a transaction do. */
    void run(List<NumberedStep> steps) {
        List<NumberedStep> together = new ArrayList<>();
        for (NumberedStep step : steps) {
            if (step.planned().work() instanceof Work.Standalone work) {
                runTogether(together);
                attempt(step, () -> session.execute(work.query()));
                progress.done(step);
            } else if (step.planned().work() instanceof Work.ReferenceCopies work) {
                runTogether(together);
                attempt(step, () -> {
                    if (work.onlyCheck()) {
                        copies.check(session);
                    } else {
                        copies.copy(session);
                    }
                });
                progress.done(step);
            } else if (step.planned().work() instanceof Work.FunctionBodies) {
                runTogether(together);
                attempt(step, () -> copies.restoreFunctions(session));
                progress.done(step);
            } else {
                together.add(step);
            }
        }
        runTogether(together);
    }

    private void runTogether(List<NumberedStep> steps) {
        if (steps.isEmpty()) {
            return;
        }
        if (steps.stream().anyMatch(step -> step.planned().work() instanceof Work.Confidential)) {
            session.inTransaction(() -> {
                session.fetch(SilenceStatements.untilTheTransactionEnds());
                steps.forEach(step ->
                        attempt(step, () -> runInTransaction(step.planned().work())));
                return true;
            });
        } else {
            runOpenly(steps);
        }
        steps.forEach(progress::done);
        steps.clear();
    }

    private void runOpenly(List<NumberedStep> steps) {
        if (steps.size() == 1) {
            attempt(
                    steps.get(0),
                    () -> session.execute(steps.get(0).planned().work().shown()));
            return;
        }
        AtomicInteger under = new AtomicInteger();
        try {
            session.executeTogether(
                    steps.stream().map(step -> step.planned().work().shown()).toList(), under::set);
        } catch (ServerErrorException refused) {
            throw progress.failed(steps.get(under.get()), refused);
        }
    }

    private void runInTransaction(Work work) {
        if (work instanceof Work.Confidential secret) {
            runConfidentially(secret.query());
        } else {
            session.execute(work.shown());
        }
    }

    private void runConfidentially(Query secret) {
        session.execute(ConfidentialStatements.prepare());
        session.copyIn(ConfidentialStatements.receive(), new ByteArrayInputStream(ConfidentialStatements.row(secret)));
        session.execute(ConfidentialStatements.run());
    }

    private void attempt(NumberedStep step, Runnable statement) {
        try {
            statement.run();
        } catch (ServerErrorException refused) {
            throw progress.failed(step, refused);
        }
    }
}
