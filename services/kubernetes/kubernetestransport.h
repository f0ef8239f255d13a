// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/kubernetes/apirequest.h"
#include "services/kubernetes/portforward.h"

#include <QObject>

#include <memory>

struct ClusterAccess;

/// An answer that goes on: a watch, a followed log. Owned by whoever asked; destroying it ends the request.
///
/// `dataArrived` carries bytes in order, cut anywhere. `ended` comes once, after the last of them: an empty result
/// where the server finished the stream properly, else why it broke (an HTTP error status is mapped as for any answer).
/// `opened` comes once before the first data, where the server agreed (2xx). All come through the event loop, never
/// from inside `stream()`. GUI thread.
class ApiStream : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

Q_SIGNALS:
    void opened();
    void dataArrived(const QByteArray &data);
    void ended(const std::optional<Error> &error);
};

/// A byte stream to one port of one pod (the API's port-forward). Owned by whoever opened it. GUI thread.
class PodTunnel : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    virtual void write(const QByteArray &data) = 0;
    /// Bytes accepted by write() that have not left yet, for back-pressure.
    virtual qint64 bytesToWrite() const = 0;

Q_SIGNALS:
    void opened();
    void dataArrived(const QByteArray &data);
    void bytesWritten();
    void closed(const std::optional<Error> &error);
};

/// The seam to one API server as one user: authentication, verified TLS and HTTP are behind it, mapped to Result and
/// Error once. Requests answer with 2xx or an Error made of the HTTP status and the server's `Status` document.
/// Withdrawn reads are aborted; requests that change something (anything but GET) run on. GUI thread.
class KubernetesTransport : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    virtual Pending<ApiResponse> send(const ApiRequest &request) = 0;
    virtual std::unique_ptr<ApiStream> stream(const ApiRequest &request) = 0;
    virtual std::unique_ptr<PodTunnel> tunnel(const QString &nameSpace, const QString &pod, quint16 port) = 0;
    /// Tunnels to that port for programs and libraries that want a socket; this must outlive it.
    virtual std::unique_ptr<PortForward> forward(const QString &nameSpace, const QString &pod, quint16 port) = 0;
    /// From now on asks with these credentials, and by this way, of the same user at the same server. Where they can't
    /// be used, the old ones stay.
    virtual Result<void> renew(const ClusterAccess &access) = 0;
    /// A person asks for it: what was put off for a while because it had failed is due with the next request.
    virtual void tryAgain() { }
    /// What requests wait for before they can be sent, and what it says: a program that logs a person in. Empty where
    /// nothing has to be waited for.
    virtual QString waitingFor() const { return {}; }
    /// What a person should see to though requests go out: that what a login handed out could not be kept. Empty where
    /// nothing is wrong.
    virtual QString warning() const { return {}; }
    /// How long ago something came from the API server by the connection that is in use, or was until it died. Nothing:
    /// never, or not known.
    virtual std::optional<std::chrono::milliseconds> silence() const { return {}; }

Q_SIGNALS:
    void waitingForChanged();
    void warningChanged();
    /// The API server answers again after it did not: what waits for its next try need not.
    void reached();
};
