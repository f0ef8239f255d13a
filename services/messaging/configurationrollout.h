// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/messaging/runtimecredentials.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

class Clock;
class KubernetesTransport;
class NatsLink;
class RuntimeSource;

/// What one pod runs with.
struct PodConfiguration {
    QString pod;
    bool isLoaded = false; ///< the configuration that was written last
    QString refusal = {}; ///< the server's own words, where it can't take it; empty: it may still come
    bool isSlow = false; ///< its kubelet was not told to hand it over, and does so by itself, in a minute or more
    bool isAway = false; ///< it is not ready, and takes what is written when it comes back: nobody waits for it
    std::optional<Error> unasked = {}; ///< why its server could not be asked

    bool operator==(const PodConfiguration &) const = default;
};

/// Brings a configuration that was just written to the servers that run, and tells when each has it: asks kubelets to
/// hand it over now (hastenConfiguration), then looks at each pod until it shows the configuration's tag. Without the
/// permission to patch pods that takes a kubelet's own time, up to a minute and a half. GUI thread.
class ConfigurationRollout final {
public:
    using Progress = std::function<void(const QList<PodConfiguration> &)>;

    /// All but `system`, whose login may ask a server to load, must outlive it, and it its flows.
    ConfigurationRollout(KubernetesTransport &transport, Clock &clock, const RuntimeSource &runtime, Login system);
    ~ConfigurationRollout();

    /// Ends when every pod that is ready runs `configuration`. Invalid with a server's words where one refuses it, and
    /// Timeout where one has not taken it after two minutes.
    Flow<void> bring(QByteArray configuration, Progress progress);

    /// Logs in to every server that is ready, so that loadAgain() waits no longer than servers take to load.
    void connectToLoadAgain();
    /// Has those servers load what they have once more. Invalid with its words where one can't.
    Flow<void> loadAgain();

private:
    /// A connection that may ask the server of one pod to load.
    struct Door {
        std::unique_ptr<NatsLink> link;
        Flow<void> opened;
    };
    std::unique_ptr<Door> doorTo(const QString &pod);
    Flow<QList<PodConfiguration>> look(QString tag);
    /// Of the configuration as it is written now.
    Flow<QString> latestTag();
    /// The same, with the words of those that refuse it: asked to load it again, a server says why it can't.
    Flow<QList<PodConfiguration>> askForRefusals(QList<PodConfiguration> pods);
    Flow<QString> refusalOf(QString pod);
    Flow<QString> refusalThrough(Door &door);

    KubernetesTransport &m_transport;
    Clock &m_clock;
    const RuntimeSource &m_runtime;
    QString m_nameSpace;
    Login m_system;
    bool m_isSlow = false; ///< PodConfiguration::isSlow
    std::vector<std::unique_ptr<Door>> m_doors;
};
