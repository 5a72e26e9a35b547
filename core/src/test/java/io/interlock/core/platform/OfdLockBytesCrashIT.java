package io.interlock.core.platform;

class OfdLockBytesCrashIT extends LockBytesContract {

    @Override
    String kind() {
        return "ofd";
    }
}
