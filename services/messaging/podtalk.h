// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/flow.h"
#include "services/base/pending.h"
#include "services/nats/servertalk.h"

#include <QObject>

#include <memory>
#include <optional>

class Clock;
class KubernetesTransport;
class PodTunnel;

/// A conversation with the NATS server of one pod through a tunnel of its own, one question after the other. GUI
/// thread.
class PodTalk final : public QObject {
    Q_OBJECT

public:
    /// Both must outlive it. The tunnel is opened at once.
    PodTalk(KubernetesTransport &transport, Clock &clock, const QString &nameSpace, const QString &pod);
    ~PodTalk() override;

    static constexpr quint16 clientPort = 4222;

    /// Until the API server has opened the tunnel.
    Flow<void> untilOpen(std::chrono::milliseconds limit);
    /// Until the pod has said anything, or has not closed the connection for `quiet`: that the port takes none is told
    /// at once.
    Flow<void> untilConnected(std::chrono::milliseconds quiet);
    /// The next line; a PING is answered and passed over.
    Flow<ServerTalk::Line> nextLine(std::chrono::milliseconds limit);
    void say(const QByteArray &data);

private:
    Pending<void> happening(std::chrono::milliseconds limit);
    void wake();
    Result<void> stillOpen() const;

    Clock &m_clock;
    QString m_pod;
    std::unique_ptr<PodTunnel> m_tunnel;
    ServerTalk::Reader m_reader;
    std::optional<Pending<void>::Answer> m_wake;
    Pending<void> m_limit;
    std::optional<Error> m_problem;
    bool m_isOpen = false;
    bool m_hasSpoken = false;
    bool m_isClosed = false;
};
