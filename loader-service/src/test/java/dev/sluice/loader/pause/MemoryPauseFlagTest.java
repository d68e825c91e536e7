package dev.sluice.loader.pause;

class MemoryPauseFlagTest extends PauseFlagKit {

    private final PauseFlag flag = new MemoryPauseFlag();

    @Override
    protected PauseFlag flag() {
        return flag;
    }

    @Override
    protected PauseFlag sameFlag() {
        return flag;
    }
}
