package org.citustenancy.internal.backup.batch;

import org.citustenancy.backup.BackupListener;
import org.citustenancy.backup.BackupProgress;

/** A listener that several backups share. */
final class OneAtATime implements BackupListener {

    private final BackupListener listener;

    OneAtATime(BackupListener listener) {
        this.listener = listener;
    }

    @Override
    public synchronized void advanced(BackupProgress progress) {
        listener.advanced(progress);
    }
}
