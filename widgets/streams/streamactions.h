// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/domain/stream.h"

#include <QObject>

#include <map>

class InlineMessage;
class QMenu;
class QWidget;
class StreamService;

/// What can be done to a stream beside editing it: it is asked about, carried out, and told of on its page.
class StreamActions final : public QObject {
    Q_OBJECT

public:
    /// All must outlive it.
    StreamActions(StreamService &service, InlineMessage *message, QWidget *page);

    void addTo(QMenu *menu, const Stream &stream);
    void askToSeal(const Stream &stream);
    void askToStepDown(const Stream &stream);

private:
    void seal(const Stream &stream);
    void stepDown(const Stream &stream);
    void tellProblem(const QString &failed, const QString &unknown, const Error &error);

    StreamService &m_service;
    InlineMessage *m_message;
    QWidget *m_page;
    std::map<StreamId, Pending<Stream>> m_sealings;
    std::map<StreamId, Pending<QString>> m_steps;
};
