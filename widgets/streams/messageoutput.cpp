// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/streams/messageoutput.h"

#include "models/celltext.h"
#include "services/domain/bytecount.h"
#include "services/messaging/filesaving.h"
#include "services/messaging/messageexport.h"
#include "services/messaging/messageservice.h"
#include "widgets/common/filechooser.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/common/meter.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QPointer>
#include <QPushButton>

namespace {

QString kind()
{
    return QStringLiteral("messages");
}

QString fileNameOf(const StreamId &stream, quint64 first, quint64 last)
{
    return first == last ? QStringLiteral("%1-%2.ndjson").arg(stream.name).arg(first)
                         : QStringLiteral("%1-%2-%3.ndjson").arg(stream.name).arg(first).arg(last);
}

} // namespace

MessageOutput::MessageOutput(MessageService &service, const StreamId &stream, QWidget *parent)
    : QWidget(parent)
    , m_service(service)
    , m_stream(stream)
    , m_line(new QWidget(this))
    , m_words(new QLabel(m_line))
    , m_meter(new Meter(m_line))
    , m_stop(new QPushButton(tr("Stop"), m_line))
    , m_message(new InlineMessage(this))
{
    m_words->setObjectName(QStringLiteral("exportProgressLabel"));
    m_meter->setObjectName(QStringLiteral("exportMeter"));
    m_stop->setObjectName(QStringLiteral("stopExportButton"));
    m_stop->setToolTip(tr("Stop the export: no file is left behind"));
    m_message->setObjectName(QStringLiteral("messageOutputMessage"));
    m_message->setClosable(true);
    auto *line = new QHBoxLayout(m_line);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(Look::spaceM);
    line->addWidget(m_words);
    line->addWidget(m_meter, 1);
    line->addWidget(m_stop);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(Look::spaceS);
    all->addWidget(m_line);
    all->addWidget(m_message);
    m_line->hide();
    m_message->hide();
    hide();
    connect(m_stop, &QPushButton::clicked, this, [this] { m_export->cancel(); });
    connect(m_message, &InlineMessage::closed, this, [this] { setVisible(isRunning()); });
}

MessageOutput::~MessageOutput() = default;

bool MessageOutput::isRunning() const
{
    return m_export && m_export->isRunning();
}

void MessageOutput::askForFile(const QString &title, const QString &fileName, std::function<void(const QString &)> save)
{
    auto *dialog = new FileChooser(title, kind(), this);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(fileName);
    dialog->setObjectName(QStringLiteral("saveMessagesDialog"));
    connect(dialog, &QFileDialog::fileSelected, this, [save = std::move(save)](const QString &file) {
        FileChooser::rememberFolderOf(file, kind());
        save(file);
    });
    dialog->open();
}

void MessageOutput::exportRange(const ExportRange &range)
{
    askForFile(
        tr("Export messages"), fileNameOf(m_stream, range.first, range.last), [this, range](const QString &file) {
            if (isRunning())
                return; // begun from another place meanwhile
            beginExport().start(range, file);
            showProgress();
        });
}

void MessageOutput::exportMessages(const QList<StreamMessage> &messages)
{
    if (messages.isEmpty())
        return;
    const QString name = fileNameOf(m_stream, messages.constFirst().sequence, messages.constLast().sequence);
    askForFile(tr("Export messages"), name, [this, messages](const QString &file) {
        if (isRunning())
            return; // begun from another place meanwhile
        beginExport().start(messages, file);
        showProgress();
    });
}

RunningOperations::Entry MessageOutput::entered(const QString &title, std::function<void()> stop)
{
    const auto bringUp = [this] {
        window()->show();
        window()->raise();
        window()->activateWindow();
    };
    return {m_operations, {title, bringUp, std::move(stop)}};
}

void MessageOutput::dropSaving()
{
    m_saving.drop();
    m_savingEntry = {};
}

MessageExport &MessageOutput::beginExport()
{
    m_export = m_service.exportOf(m_stream);
    m_entry = entered(tr("Export of messages of %1").arg(m_stream.name), [running = QPointer(m_export.get())] {
        if (running)
            running->cancel();
    });
    connect(m_export.get(), &MessageExport::progressed, this, &MessageOutput::showProgress);
    connect(m_export.get(), &MessageExport::ended, this, &MessageOutput::showEnd);
    return *m_export;
}

void MessageOutput::showProgress()
{
    m_message->hide();
    m_line->setVisible(isRunning());
    m_meter->setValue(m_export->progress());
    m_entry.setPercent(int(m_export->progress() * 100));
    m_words->setText(
        tr("Exporting: %1 messages, %2").arg(numberText(m_export->count()), ByteCount{m_export->bytes()}.text()));
    m_meter->setAccessibleName(m_words->text());
    show();
    Q_EMIT runningChanged();
}

void MessageOutput::showEnd(const std::optional<Error> &problem)
{
    m_entry = {};
    m_line->hide();
    const QString file = QDir::toNativeSeparators(m_export->file());
    if (!problem)
        m_message->setMessage(Tone::Good,
            (m_export->count() == 1 ? tr("%1 message was exported (%2)") : tr("%1 messages were exported (%2)"))
                .arg(numberText(m_export->count()), ByteCount{m_export->bytes()}.text()),
            file);
    else if (problem->kind == Error::Kind::Cancelled)
        m_message->setMessage(Tone::Neutral, problem->summary);
    else
        m_message->setMessage(Tone::Bad, tr("The messages were not exported"), problem->summary, problem->detail);
    m_message->show();
    show();
    Q_EMIT runningChanged();
}

void MessageOutput::savePayload(const StreamMessage &message)
{
    const QString name = QStringLiteral("%1-%2.bin").arg(m_stream.name).arg(message.sequence);
    askForFile(tr("Save payload"), name, [this, payload = message.payload](const QString &file) {
        m_saving = saveToFile(payload, file);
        m_savingEntry = entered(tr("Saving a payload of %1").arg(m_stream.name), [self = QPointer(this)] {
            if (self)
                self->dropSaving();
        });
        m_saving.then(this, [this, file](const Result<qint64> &size) {
            m_savingEntry = {};
            if (size)
                m_message->setMessage(Tone::Good, tr("The payload was saved (%1)").arg(ByteCount{*size}.text()),
                    QDir::toNativeSeparators(file));
            else
                m_message->setMessage(
                    Tone::Bad, tr("The payload was not saved"), size.error().summary, size.error().detail);
            m_message->show();
            show();
        });
    });
}
