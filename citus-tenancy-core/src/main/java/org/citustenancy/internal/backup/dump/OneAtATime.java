package org.citustenancy.internal.backup.dump;

import org.citustenancy.progress.Progress;
import org.citustenancy.progress.ProgressListener;

/** Passes the progress of several backups to one listener, one call at a time. */
final class OneAtATime implements ProgressListener {

    private final ProgressListener listener;

    OneAtATime(ProgressListener listener) {
        this.listener = listener;
    }

    @Override
    public synchronized void progressed(Progress progress) {
        listener.progressed(progress);
    }
}
