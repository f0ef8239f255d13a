// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/secretstring.h"
#include "services/kubernetes/kubernetesclient.h"
#include "services/kubernetes/kubernetestransport.h"
#include "tests/support/apipath.h"
#include "tests/support/fakestream.h"
#include "tests/support/objectstore.h"

#include <QHash>
#include <QPointer>

#include <functional>
#include <optional>

/// A KubernetesTransport in front of objects in memory: get, list (paged), create, replace, server-side apply (without
/// owners of fields), merge patch, delete, discovery, watch, logs and tunnels, close enough to the real server for
/// tests of what stands on it. It starts no pods: a test plays the controllers with put() or `afterWrite`.
class FakeCluster final : public KubernetesTransport {
    Q_OBJECT

public:
    FakeCluster();

    Pending<ApiResponse> send(const ApiRequest &request) override;
    std::unique_ptr<ApiStream> stream(const ApiRequest &request) override;
    std::unique_ptr<PodTunnel> tunnel(const QString &nameSpace, const QString &pod, quint16 port) override;
    std::unique_ptr<PortForward> forward(const QString &nameSpace, const QString &pod, quint16 port) override;
    Result<void> renew(const ClusterAccess &access) override;

    /// Makes a kind known that the program itself does not know, as a CustomResourceDefinition does. Namespaced.
    void addKind(const ApiResource &resource) { m_customKinds.append(resource); }
    /// Creates or replaces it as somebody else does, status too; answers what is stored. Watches see it.
    QJsonObject put(QJsonObject object);
    /// Changes it by a merge patch as somebody else does, for instance its status.
    QJsonObject change(const ObjectRef &ref, const QJsonObject &patch);
    void erase(const ObjectRef &ref);
    std::optional<QJsonObject> object(const ObjectRef &ref) const;
    QList<QJsonObject> objects(const QString &apiVersion, const QString &kind, const QString &nameSpace) const;

    /// The next `count` requests of that verb (empty: any) whose path holds `pathPart` fail with `error`.
    void failNext(int count, const Error &error, const QByteArray &verb = {}, const QString &pathPart = {});
    /// The same, but never answered.
    void hangNext(int count, const QByteArray &verb = {}, const QString &pathPart = {});
    /// Every request fails with Offline and every stream breaks, until goOnline().
    void goOffline();
    /// As a transport that has to have a person logged in first; empty: logged in.
    void waitFor(const QString &words);
    QString waitingFor() const override { return m_waitingFor; }
    /// As a transport that could not keep what a login handed out; empty: it could.
    void warn(const QString &words);
    QString warning() const override { return m_warning; }
    void goOnline() { m_isOffline = false; }
    /// Ends every stream: properly, or with `error`.
    void cutStreams(const std::optional<Error> &error = {});
    /// Forgets all events: a watch from a version before this is answered with 410.
    void compact() { m_compactedAt = m_store.version(); }
    /// A container's log; what follows it gets what is new.
    void appendLog(const QString &nameSpace, const QString &pod, const QString &container, const QByteArray &text);
    /// What a pod itself answers by the API server's proxy, at the whole path.
    void serve(const QString &path, const QByteArray &body) { m_served.insert(path, body); }
    void stopServing(const QString &path) { m_served.remove(path); }
    /// What an HTTP server in a pod answers through a tunnel.
    void servePage(
        const QString &nameSpace, const QString &pod, quint16 port, const QString &path, const QByteArray &body)
    {
        m_pages[QStringLiteral("%1/%2:%3").arg(nameSpace, pod).arg(port)].insert(path, body);
    }
    /// Tunnels to `podPort` of any pod are carried to `localPort` of this machine. Others are refused.
    void carryTunnels(quint16 podPort, quint16 localPort) { m_tunnels.insert(podPort, localPort); }

    /// Whether discovery is answered in aggregated form, as since Kubernetes 1.30.
    bool isDiscoveryAggregated = true;
    QString serverVersion = QStringLiteral("v1.36.2");
    /// "example.org/v1": its resources are not known at present.
    QString staleApiVersion;
    /// Requests and streams in the order they came.
    QList<ApiRequest> requests;
    /// Tokens that were handed in for those before.
    QList<SecretString> renewedTokens;
    /// Why renewed credentials can't be used. Nothing: they can.
    std::optional<Error> renewProblem;
    /// What this user may do, asked by reviews and by every request. Empty: everything.
    std::function<bool(const Permission &)> isAllowed;
    /// Why no tunnel is opened. Nothing: they are.
    std::optional<Error> tunnelProblem;
    /// Whom the server takes this user for.
    QString user = QStringLiteral("tester");
    /// How long the answer to a request takes, which is carried out at once all the same. Empty: no time.
    std::function<Pending<void>(const ApiRequest &)> delay;
    /// How long a change is held back before it is carried out, as by an admission webhook. Empty: not at all.
    std::function<Pending<void>(const ApiRequest &)> admission;
    /// Called after each write of a client with what is stored now (after a delete: with what was).
    std::function<void(const QJsonObject &)> afterWrite;

private:
    struct Trouble {
        int count = 0;
        std::optional<Error> error;
        QByteArray verb;
        QString pathPart;
    };

    Pending<ApiResponse> admitted(const ApiRequest &request);
    Result<ApiResponse> answer(const ApiRequest &request);
    Result<ApiResponse> answerGet(const ApiRequest &request, const ApiPath &path);
    Result<ApiResponse> answerList(const ApiRequest &request, const ApiPath &path);
    Result<ApiResponse> answerCreate(const ApiRequest &request, const ApiPath &path);
    Result<ApiResponse> answerReplace(const ApiRequest &request, const ApiPath &path);
    Result<ApiResponse> answerPatch(const ApiRequest &request, const ApiPath &path);
    Result<ApiResponse> answerDelete(const ApiRequest &request, const ApiPath &path);
    Result<ApiResponse> answerReview(const ApiRequest &request) const;
    Result<ApiResponse> answerDiscovery(const ApiRequest &request) const;
    /// The namespaced kinds of which there are objects, and the custom ones.
    QList<ApiResource> namespacedKinds() const;
    QString pathOf(const ObjectRef &ref) const;
    std::optional<Trouble> takeTrouble(const ApiRequest &request);
    std::optional<Error> refusal(const ApiRequest &request, const ApiPath &path, bool isWatch) const;
    Result<ApiResponse> stored(const QString &path, const QJsonObject &object);
    void tell(const QString &type, const QString &path, const QJsonObject &object);
    void openLog(FakeStream *stream, const ApiPath &path);
    void openWatch(FakeStream *stream, const ApiPath &path);

    ObjectStore m_store;
    QList<ApiResource> m_customKinds;
    QHash<QString, QJsonObject> m_applied; ///< the last manifest applied, by path
    QList<Trouble> m_troubles;
    QList<QPointer<FakeStream>> m_streams;
    QHash<QString, QByteArray> m_logs;
    QHash<QString, QByteArray> m_served;
    QHash<QString, QHash<QString, QByteArray>> m_pages; ///< by server, then path
    QHash<quint16, quint16> m_tunnels;
    qint64 m_compactedAt = 0;
    bool m_isOffline = false;
    std::vector<Pending<ApiResponse>::Answer> m_hanging;
    QString m_waitingFor;
    QString m_warning;
};
