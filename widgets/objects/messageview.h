// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/pending.h"
#include "services/domain/access.h"
#include "services/domain/messagepayload.h"
#include "services/domain/streammessage.h"

#include <QFrame>

#include <memory>
#include <optional>

class ElidingLabel;
class FactGrid;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;
class SegmentedChoice;
class SidePanel;
class WrappingLabel;

/// One message beside the list: where it stands, its headers, and its payload as text, JSON or hexadecimal, as far as
/// there is room for it. Takes a payload apart in the background.
class MessageView final : public QFrame {
    Q_OBJECT

public:
    explicit MessageView(QWidget *parent = nullptr);
    ~MessageView() override;

    /// Nothing: none is chosen.
    void setMessage(const std::shared_ptr<const StreamMessage> &message);
    const std::shared_ptr<const StreamMessage> &message() const { return m_message; }
    void setNow(const QDateTime &now);
    void setDeleteAccess(const Access &access);
    /// Offers neither to save nor to delete it.
    void setReadOnly();

Q_SIGNALS:
    void saveRequested();
    void deleteRequested();

private:
    /// A payload as it is shown.
    struct Rendered {
        PayloadFace face = PayloadFace::Text;
        PayloadText text;
    };

    void layOut();
    void showFacts();
    void showHeaders();
    void showMore(qsizetype count);
    void render();
    void showRendered(const Rendered &rendered);
    QString noteOn(const Rendered &rendered) const;
    void copyPayload();

    SidePanel *m_panel;
    FactGrid *m_facts;
    QLabel *m_headersTitle;
    QWidget *m_headersArea;
    QVBoxLayout *m_headers;
    SegmentedChoice *m_face;
    WrappingLabel *m_note;
    QPlainTextEdit *m_payload;
    QPushButton *m_copy;
    QPushButton *m_save;
    QPushButton *m_delete;
    std::shared_ptr<const StreamMessage> m_message;
    std::optional<PayloadFace> m_wanted; ///< by a person: for all messages from then on
    QDateTime m_now;
    Pending<Rendered> m_rendering;
};
