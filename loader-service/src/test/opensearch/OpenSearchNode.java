import org.codelibs.opensearch.runner.OpenSearchRunner;

import java.io.IOException;

/// An OpenSearch of one node, in a process of its own: its libraries do not go with ours. Run as a
/// source file; ends when its standard input does.
public final class OpenSearchNode {

    private OpenSearchNode() {}

    /// @param args a folder, the port for HTTP, and the port for nodes
    public static void main(String[] args) throws IOException {
        try (OpenSearchRunner runner = new OpenSearchRunner()) {
            runner.onBuild(
                            (_, settings) -> {
                                settings.put("http.port", args[1]);
                                settings.put("transport.port", args[2]);
                                settings.put("http.host", "127.0.0.1");
                                settings.put("transport.host", "127.0.0.1");
                                settings.put("discovery.type", "single-node");
                            })
                    .build(
                            OpenSearchRunner.newConfigs()
                                    .basePath(args[0])
                                    .numOfNode(1)
                                    .clusterName("sluice"));
            while (System.in.read() >= 0) {}
        }
        System.exit(0);
    }
}
