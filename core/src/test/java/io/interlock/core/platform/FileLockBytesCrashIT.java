package io.interlock.core.platform;

class FileLockBytesCrashIT extends LockBytesContract {

    @Override
    String kind() {
        return "fileLock";
    }
}
