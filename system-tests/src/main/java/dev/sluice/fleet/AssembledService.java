package dev.sluice.fleet;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.support.AbstractApplicationContext;

import java.util.List;
import java.util.function.UnaryOperator;

/// A service put together with its own settings and never started: it reads no stream and listens
/// nowhere. Only what is asked for is made.
final class AssembledService implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private AssembledService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static AssembledService of(Service service) {
        return of(service, Object.class, UnaryOperator.identity());
    }

    /// @param replaced a type of parts
    /// @param replacement what the service gets in place of a part of that type
    static <T> AssembledService of(
            Service service, Class<T> replaced, UnaryOperator<T> replacement) {
        SpringApplicationBuilder builder =
                new SpringApplicationBuilder(service.application())
                        .main(service.application())
                        .bannerMode(Banner.Mode.OFF)
                        .web(WebApplicationType.NONE)
                        .lazyInitialization(true)
                        .registerShutdownHook(false)
                        .initializers(
                                context -> {
                                    context.getBeanFactory()
                                            .registerSingleton(
                                                    AbstractApplicationContext
                                                            .LIFECYCLE_PROCESSOR_BEAN_NAME,
                                                    new NothingStarts());
                                    context.getBeanFactory()
                                            .addBeanPostProcessor(
                                                    new Replacing<>(replaced, replacement));
                                });
        List<String> arguments = service.arguments();
        return new AssembledService(builder.run(arguments.toArray(String[]::new)));
    }

    /// The only part of a type.
    <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    /// The part of a name.
    Object part(String name) {
        return context.getBean(name);
    }

    @Override
    public void close() {
        context.close();
    }

    private record Replacing<T>(Class<T> type, UnaryOperator<T> replacement)
            implements org.springframework.beans.factory.config.BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            return type.isInstance(bean) ? replacement.apply(type.cast(bean)) : bean;
        }
    }

    private static final class NothingStarts implements LifecycleProcessor {

        private boolean running;

        @Override
        public void onRefresh() {}

        @Override
        public void onClose() {}

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }
}
