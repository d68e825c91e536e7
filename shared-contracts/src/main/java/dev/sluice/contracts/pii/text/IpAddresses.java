package dev.sluice.contracts.pii.text;

/// Finds addresses of IPv4 and IPv6. Numbers of versions look the same as IPv4 and are told by the
/// word before them.
final class IpAddresses {

    private static final int GROUPS = 8;
    private static final int LONGEST = 39;

    private IpAddresses() {}

    static void find(PlainForm text, Findings found) {
        for (int i = 0; i < text.length(); i++) {
            if (text.isWord(i) && !text.isWord(i - 1) && text.around(i - 1) != '.') {
                int to = text.isDigit(i) ? fourTo(text, i) : -1;
                to = to < 0 && text.around(i - 1) != ':' ? sixTo(text, i) : to;
                if (to > 0 && Cues.before(text, i) != Cues.Cue.REFERENCE) {
                    found.add(PiiKind.IP, i, to);
                }
            }
        }
    }

    private static int fourTo(PlainForm text, int from) {
        int at = from;
        for (int octet = 0; octet < 4; octet++) {
            int start = at;
            int value = 0;
            while (text.isDigit(at) && at - start < 4) {
                value = value * 10 + text.at(at++) - '0';
            }
            boolean zero = text.around(start) == '0' && (at - start > 1 || octet == 0);
            if (at == start || value > 255 || zero) {
                return -1;
            }
            if (octet < 3 && text.around(at++) != '.') {
                return -1;
            }
        }
        boolean goesOn = text.isWord(at) || text.around(at) == '.' && text.isDigit(at + 1);
        return goesOn ? -1 : at;
    }

    private static int sixTo(PlainForm text, int from) {
        int groups = 0;
        boolean gap = false;
        int at = from;
        while (at - from < LONGEST) {
            int start = at;
            while (at - start < 5 && Character.digit(text.around(at), 16) >= 0) {
                at++;
            }
            if (at == start || at - start > 4) {
                return -1;
            }
            groups++;
            if (text.around(at) != ':' || text.around(at + 1) == ' ') {
                break;
            }
            at++;
            if (text.around(at) == ':') {
                if (gap) {
                    return -1;
                }
                gap = true;
                at++;
            }
        }
        boolean whole = gap ? groups >= 3 && groups < GROUPS : groups == GROUPS;
        return whole && !text.isWord(at) && text.around(at) != ':' ? at : -1;
    }
}
