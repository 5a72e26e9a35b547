package io.interlock.stress.kill;

import io.interlock.core.Segment;

/** Where a process is in its deed. */
interface Stage {

    /** Points of this segment are named by its layouts from now on. */
    void knows(Segment segment);

    /** What the process does from now on, by the id of a row of the crash matrix; points count from the first one. */
    void is(String row);

    /** Waits until the watcher has done what it does meanwhile. */
    void pause();

    /** What comes now is no part of the deed. */
    void over();
}
