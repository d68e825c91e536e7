package dev.sluice.collector.ingress;

import java.io.Serial;

/// A request that is answered without looking further. Control flow inside this package.
final class RequestRefusedException extends Exception {

    @Serial private static final long serialVersionUID = 1;

    private final transient Answer answer;

    RequestRefusedException(Answer answer) {
        super("refused with " + answer.status(), null, false, false);
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }
}
