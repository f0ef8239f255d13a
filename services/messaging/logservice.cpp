// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/logservice.h"

#include "services/kubernetes/podlog.h"
#include "services/messaging/runtimesource.h"

namespace {

class PodLogTail final : public LogTail {
    Q_OBJECT

public:
    PodLogTail(KubernetesTransport &transport, const PodLogQuery &query)
        : m_log(transport, query)
    {
        connect(&m_log, &PodLog::linesArrived, this, &LogTail::linesArrived);
        connect(&m_log, &PodLog::ended, this, &LogTail::ended);
        m_log.start();
    }

private:
    PodLog m_log;
};

} // namespace

LogService::LogService(KubernetesTransport &transport, RuntimeSource &runtime, QObject *parent)
    : QObject(parent)
    , m_transport(transport)
    , m_runtime(runtime)
{
}

std::unique_ptr<LogTail> LogService::open(const LogRequest &request)
{
    PodLogQuery query;
    query.nameSpace = m_runtime.status().nameSpace;
    query.pod = request.pod;
    query.container = request.container;
    query.tailLines = request.tailLines;
    query.isPrevious = request.isPrevious;
    query.isFollowing = request.isFollowing;
    auto tail = std::make_unique<PodLogTail>(m_transport, query);
    QObject::connect(tail.get(), &LogTail::ended, this, [this](const std::optional<Error> &error) {
        if (error)
            m_runtime.noteRefusal(*error);
    });
    return tail;
}

#include "logservice.moc"
