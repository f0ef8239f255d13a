// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QGridLayout;
class QLabel;

/// What subjects mean, one line each: an example of what it matches, or what is wrong with it. Of very many, the first
/// few and all that are wrong.
class SubjectPreview final : public QWidget {
    Q_OBJECT

public:
    explicit SubjectPreview(QWidget *parent = nullptr);

    void setSubjects(const QStringList &subjects);
    /// The lines as text ("orders.> · matches orders.x").
    QString text() const;

private:
    void addLine(int row, const QString &subject, const QString &problem);

    QGridLayout *m_lines;
    QLabel *m_more;
    QStringList m_subjects;
};
