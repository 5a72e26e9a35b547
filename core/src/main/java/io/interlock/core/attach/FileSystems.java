package io.interlock.core.attach;

import io.interlock.core.error.SegmentAccessException;
import io.interlock.core.platform.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Refuses file systems on which processes of several machines, or caches of their own, would meet. */
final class FileSystems {

    private static final Set<String> REMOTE = Set.of("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "ceph", "glusterfs",
            "fuse.sshfs", "fuse.glusterfs", "afs");

    private FileSystems() {
    }

    static void check(Path path) {
        try {
            String type = Files.getFileStore(path).type();
            if (REMOTE.contains(type)) {
                throw new SegmentAccessException(path + " is on a remote file system (" + type
                        + "); a segment must be on a local one, tmpfs best");
            }
        } catch (IOException e) {
            // Nothing is known about the file system; the self test at attach time decides.
            Platform.LOG.log(System.Logger.Level.DEBUG, "no file store for " + path, e);
        }
    }
}
