// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"

#include <QByteArray>
#include <QString>

class KubernetesTransport;

/// The body of what a pod's HTTP server answers to `GET path`, asked by a tunnel to its port: for who may open one
/// (`pods/portforward`) but not use the API server's proxy. Only answers with 200 count, sent whole, in chunks or up to
/// the end (RFC 9112); at most 64 MiB, 64 KiB of them before the body. `transport` must outlive it.
Pending<QByteArray> getFromPod(
    KubernetesTransport &transport, const QString &nameSpace, const QString &pod, quint16 port, const QString &path);

/// An HTTP answer as it comes in.
class HttpAnswer final {
public:
    void add(const QByteArray &data) { m_data += data; }
    /// Nothing while it is not whole; `isEnded`: nothing more comes. An error where it is no answer with 200.
    std::optional<Result<QByteArray>> body(bool isEnded) const;

private:
    QByteArray m_data;
};
